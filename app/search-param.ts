export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** One value of the address's query; empty when it is missing or given twice. */
export async function searchParam(searchParams: SearchParams, name: string): Promise<string> {
  const value = (await searchParams)[name];
  return typeof value === 'string' ? value : '';
}
