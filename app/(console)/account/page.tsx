import type { Metadata } from 'next';
import {
  changePasswordAction,
  createApiTokenAction,
  revokeApiTokenAction,
  revokeOtherSessionsAction,
  revokeSessionAction,
  setTimeZoneAction,
} from '@/app/(console)/account/actions';
import { CreateTokenDialog } from '@/components/account/create-token-dialog';
import { DeviceList } from '@/components/account/device-list';
import { PasswordForm } from '@/components/account/password-form';
import { ROLE_NAMES } from '@/components/account/role-names';
import { ThemeField } from '@/components/account/theme-field';
import { TimeZoneForm } from '@/components/account/time-zone-form';
import { TokenTable } from '@/components/account/token-table';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Page, PageTitle, Section } from '@/components/layout/page';
import { EmptyState } from '@/components/ui/empty-state';
import { currentSession } from '@/lib/auth/current-session';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { mayDo } from '@/lib/domain/access/permissions';
import { timeZones } from '@/lib/domain/access/time-zone';
import { listApiTokens } from '@/lib/services/api-token/list';
import type { Ctx } from '@/lib/services/context';
import { listSessions } from '@/lib/services/session/list';
import { getTimeZone } from '@/lib/services/user/get-time-zone';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const ctx = await requireCtx();
  const session = await currentSession();
  const { sessions } = await listSessions({ ctx });
  const { name, email, role } = ctx.actor;
  return (
    <Page crumbs={[{ label: 'Account' }]}>
      <PageTitle title={name} lead={`${email} · ${ROLE_NAMES[role]}`} />
      <Section
        title="Signed-in devices"
        lead="Where you are signed in now. Sign out a device that you do not know."
        actions={
          sessions.length < 2 ? undefined : (
            <ConfirmAction
              label="Sign out all others"
              accessibleLabel="Sign out all other devices"
              pendingLabel="Signing out…"
              title="Sign out all other devices?"
              description="Their next request is refused. This device stays signed in, and API tokens go on working."
              done="All other devices are signed out"
              action={revokeOtherSessionsAction}
            />
          )
        }
      >
        <DeviceList
          sessions={sessions}
          currentId={session?.sessionId ?? ''}
          now={new Date()}
          revoke={revokeSessionAction}
        />
      </Section>
      {mayDo(role, 'api-token.manage') ? <Tokens ctx={ctx} /> : null}
      <Section title="Password" lead="Changing it signs out every other device. API tokens go on working.">
        <PasswordForm email={email} action={changePasswordAction} />
      </Section>
      <Section
        id="time-zone"
        title="Time zone"
        lead="In which zone times are written for you; UTC stands beside it on hover."
      >
        <TimeZoneForm timeZone={await getTimeZone({ ctx })} zones={timeZones()} action={setTimeZoneAction} />
      </Section>
      <Section title="Theme" lead="For this browser.">
        <ThemeField />
      </Section>
    </Page>
  );
}

async function Tokens({ ctx }: { ctx: Ctx }) {
  const { apiTokens } = await listApiTokens({ ctx });
  const apiUrl = `${webDeps().address.origin}/api/v1`;
  return (
    <Section
      title="API tokens"
      lead="For programs that use the management API in your name."
      actions={<CreateTokenDialog apiUrl={apiUrl} action={createApiTokenAction} />}
    >
      {apiTokens.length === 0 ? (
        <EmptyState sentence="No token yet." />
      ) : (
        <TokenTable tokens={apiTokens} now={new Date()} revoke={revokeApiTokenAction} />
      )}
    </Section>
  );
}
