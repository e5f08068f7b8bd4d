import { DEMO_ROLE_ARN } from '@/scripts/instance/demo-role';
import type { Instance } from '@/scripts/instance/start-instance';

/** What a person needs to know after the start: where, who, and what to try. */
export function banner(instance: Instance, seconds: string): string {
  const logins = instance.secrets.logins.map(
    (login) => `    ${login.role.padEnd(20)} ${login.email.padEnd(24)} ${login.password}`,
  );
  const { objectStore, secrets } = instance;
  return `
  Sluice is ready after ${seconds} s:  ${instance.webUrl}

  Sign in as (made for this folder, kept in its secrets.json)
${logins.join('\n')}

  Three customers
    Aurora News      delivers: its events within a minute, and to ad sales only what they asked for
    Borealis Media   takes its access key away after the first files: blocked within a minute, its data held
    Cumulus Radio    has not given access yet: enter the role or the access keys below for it, and start it
    What charts show from before the first start is made up, and marked so.

  Collector  ${instance.collectorUrl}
    curl -X POST ${instance.collectorUrl}/v2.0/events -H 'X-API-Key: ${instance.secrets.serverKey}' \\
      -d '{"name":"Pageview","user_id":"6f1d3a54-93f1-4c0e-9d0f-3b0f5d1c2a11","properties":{"client":{"url":"https://aurora.example/"}}}'

  Bucket     s3://${objectStore.bucket} in ${objectStore.region} at ${objectStore.endpoint}
    A local stand-in for S3, for trying things out: nothing leaves this machine.
    access key id ${secrets.objectStore.accessKeyId}   secret ${secrets.objectStore.secretAccessKey}
    role of Cumulus ${DEMO_ROLE_ARN}

  Mail       ${instance.mailDirectory}
    What would be mailed is caught here, one .eml file each.

  Ctrl-C drains and stops. The data stays for the next start.
`;
}
