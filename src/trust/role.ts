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

export function outranks(role: Role, other: Role): boolean {
  return RANK[role] > RANK[other]
}

/** Owners may give any role, admins any below their own. */
export function mayGive(giver: Role, role: Role): boolean {
  return giver === 'owner' || (giver === 'admin' && RANK[role] < RANK.admin)
}
