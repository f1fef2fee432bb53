/** What the lab was asked for cannot be had: no such host, no such address, a command of the machine that failed. */
export class LabError extends Error {
  override readonly name = 'LabError'
}
