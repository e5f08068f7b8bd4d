/** What S3 answered, in its own words: "403 AccessDenied"; empty when nothing came back. */
export function s3Answer({
  httpStatus,
  code,
}: {
  readonly httpStatus: number | null;
  readonly code: string | null;
}): string {
  return [httpStatus, code].filter((part) => part !== null).join(' ');
}
