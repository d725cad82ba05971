function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const baseUrl = given("SHIFTSYNC_URL");
export const token = given("SHIFTSYNC_TOKEN");
export const staffId = given("STAFF_ID");
export const key = given("KEY");
export const day = given("DAY");

export function require(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Where a read stood, as X-Version says it. */
export function versionOf(response: Response): { since: string; version: number } {
  const since = response.headers.get("X-Version") ?? "";
  return { since, version: Number(since.split(":")[1]) };
}
