/** What a member may do, highest last. Rights are data: `permission.ts`. */
export const ROLES = ['guest', 'member', 'operator', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Only comparisons of ranks mean anything; 0 is left for "not a member". */
export const RANK: Readonly<Record<Role, number>> = {
  guest: 1,
  member: 2,
  operator: 3,
  admin: 4,
  owner: 5,
}
