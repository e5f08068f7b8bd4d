/**
 * Where a place is served: empty means AWS in the bucket's region, otherwise the operator's endpoint, path-style.
 * Always explicit, so that no setting of the process can send a customer's file elsewhere.
 */
export function s3Endpoint(endpoint: string, region: string): { endpoint: string; forcePathStyle: boolean } {
  if (endpoint !== '') return { endpoint, forcePathStyle: true };
  return { endpoint: `https://s3.${region}.amazonaws.com`, forcePathStyle: false };
}
