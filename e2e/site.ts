import { z } from 'zod';

const siteSchema = z.object({
  SLUICE_E2E_URL: z.url(),
  SLUICE_E2E_COLLECTOR_URL: z.url(),
  SLUICE_E2E_S3_ENDPOINT: z.url(),
  SLUICE_E2E_S3_BUCKET: z.string().min(3),
  SLUICE_E2E_S3_REGION: z.string().min(1),
  SLUICE_E2E_S3_ACCESS_KEY_ID: z.string().min(1),
  SLUICE_E2E_S3_SECRET: z.string().min(1),
  SLUICE_E2E_S3_CONTROL_TOKEN: z.string().min(1),
  /** Where each mail that would have left lies as a file. */
  SLUICE_E2E_MAIL_DIRECTORY: z.string().min(1),
  /** A login for each role. */
  SLUICE_E2E_LOGINS: z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(z.array(z.object({ email: z.string(), role: z.string(), password: z.string() }))),
});

/** The instance under test; `npm test` starts one and says where it is. */
export function readSite() {
  const parsed = siteSchema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`The browser tests need a running instance (run npm test). Not set: ${missing}`);
}
