import { formatCountOf } from '@/lib/domain/format/count';

interface AuditedAction {
  readonly action: string;
  /** What it was done to by its name of today; null where that is not known. */
  readonly targetName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

type Tell = (what: string, detail: AuditedAction['detail']) => string;

const TELL: Readonly<Record<string, Tell>> = {
  'routing.create': (what) => `created the routing${what}`,
  'routing.discard_draft': (what) => `discarded the draft of the routing${what}`,
  'routing.update': (what, detail) => `changed ${listOf(detail.changed)} of the routing${what}`,
  'routing.enter_access': (what) => `entered the access of the routing${what}`,
  'routing.check_access': (what) => `had the access of the routing${what} checked`,
  'destination.adopt': (what, detail) =>
    `put version ${String(detail.destinationVersion)} of the destination of the routing${what} into use${detail.withoutCheck === true ? ' without a passed check' : ''}`,
  'destination.drop': (what, detail) =>
    `dropped version ${String(detail['destinationVersion.dropped'])} of the destination of the routing${what} before it was used`,
  'destination.reuse': (what, detail) =>
    `went back to version ${String(detail['destinationVersion.again'])} of the destination of the routing${what}, as version ${String(detail.destinationVersion)}`,
  'credential.mark_compromised': (what, detail) =>
    `marked the access of version ${String(detail['destinationVersion.compromised'])} of the routing${what} as compromised`,
  'routing.retest_access': (what) => `had a row of the access check of the routing${what} tried again`,
  'routing.start': (what, detail) =>
    detail.withoutCheck === true
      ? `started the routing${what} without a check of its access`
      : `started the routing${what}`,
  'routing.pause': (what) => `paused the routing${what}`,
  'routing.resume': (what) => `resumed the routing${what}`,
  'routing.disable': (what, detail) =>
    detail.mode === 'discard'
      ? `disabled the routing${what} and discarded ${countOf(detail.pendingRows, 'undelivered event')}`
      : `disabled the routing${what}, which delivers ${countOf(detail.pendingRows, 'event')} before`,
  'routing.archive': (what) => `archived the routing${what} and destroyed its credentials`,
  'routing.set_retention': (what, detail) =>
    `changed how long the routing${what} holds undelivered events from ${String(detail['retentionHours.before'])} to ${String(detail['retentionHours.after'])} hours`,
  'routing.reconcile': (what) => `compared what the routing${what} delivered with the bucket`,
  'routing.replay': (what, detail) =>
    `started a replay (${countOf(detail.files, 'file')}) of the routing${what}`,
  'routing.replay_look': (what) => `asked what a replay of the routing${what} would do`,
  'routing.replay_cancel': (what) => `cancelled a replay of the routing${what}`,
  'routing.gap': (what, detail) =>
    `recorded a gap of ${countOf(detail.rows, 'row')} in the routing${what}${detail.mayExist === true ? ', which may exist in the bucket' : ''}`,
  'routing.retention_notice': (what, detail) =>
    `announced that ${countOf(detail.pendingRows, 'event')} of the routing${what} reached ${String(detail.threshold)} % of their retention`,
  'routing.still_held': (what) => `left data held in the routing${what}`,
  'routing.release': (what, detail) =>
    detail.to === 'gap'
      ? `gave up ${countOf(detail.rows, 'row')} of the routing${what} that could not be delivered`
      : `moved ${countOf(detail.rows, 'row')} of the routing${what} to its present destination, though they may exist in both places`,
  'routing.retry': (what) => `had what is held of the routing${what} tried again`,
  'routing.release_cut': (what) => `moved refused files of the routing${what} to its present destination`,
  'routing.read_lines': (what, detail) =>
    `read the first lines of the file ${String(detail.key)} of the routing${what}`,
  'routing.set_aside': (what, detail) =>
    `set aside ${countOf(detail.rows, 'row')} of the routing${what}: their bytes changed on our disk`,
  'hand-over.create': (what, detail) =>
    `made a hand-over link for the routing${what}${toWhom(detail.recipient)}`,
  'hand-over.begin': (what) => `opened the hand-over link of the routing${what}`,
  'hand-over.pass_on': (what, detail) =>
    `passed the hand-over link of the routing${what} on${toWhom(detail.recipient)}`,
  'hand-over.name_place': (what, detail) =>
    `named the bucket ${String(detail.bucket)} for the routing${what}`,
  'hand-over.revoke': (what) => `revoked the hand-over link of the routing${what}`,
  'hand-over.decline': (what) => `did not expect the hand-over link of the routing${what}, which ended it`,
  'hand-over.submit': (what) => `handed over access that passed its check to the routing${what}`,
  'share-link.create': (what) => `shared the status of the routing${what} by a link`,
  'share-link.revoke': (what) => `revoked a link to the status of the routing${what}`,
  'routing.set_contacts': (what) => `changed who is told about the routing${what}`,
  'routing.set_webhook': (what, detail) =>
    `had notices of the routing${what} sent to ${String(detail.origin)}`,
  'routing.send_notice_again': (what, detail) =>
    `had a notice of the routing${what} sent again${toWhom(detail.to)}`,
  'routing.remove_webhook': (what) => `removed the webhook of the routing${what}`,
  'organization.create': (what) => `created the organization${what}`,
  'workspace.create': (what) => `created the workspace${what}`,
  'api-key.create': (what, detail) => `created the ${textOf(detail.kind)}collection key${what}`,
  'api-key.revoke': (what) => `revoked the collection key${what}`,
  'api-token.create': (what) => `created the API token${what}`,
  'api-token.revoke': (what) => `revoked the API token${what}`,
  'session.sign-in': () => 'signed in',
  'session.revoke': () => 'signed out a device',
  'session.revoke-others': (_, detail) =>
    `signed out all other devices (${countOf(detail.endedSessions, 'device')})`,
  'user.change-password': () => 'changed the password',
  'user.set-time-zone': (_, detail) => `chose the time zone ${textOf(detail.timeZone)}`.trim(),
  'access.refused': (_, detail) =>
    `was refused ${String(detail.asked)}${detail.moreAreLeftOut === true ? '; more refusals of this hour are not recorded' : ''}`,
  'audit.export': (_, detail) => `exported the audit (${countOf(detail.rows, 'row')})`,
};

/** What was done, in words. An action that has no words yet is told by its name, so that nothing is hidden. */
export function auditSentence({ action, targetName, detail }: AuditedAction): string {
  const name = targetName ?? (typeof detail.name === 'string' ? detail.name : null);
  const what = name === null ? '' : ` “${name}”`;
  const tell = Object.hasOwn(TELL, action) ? TELL[action] : undefined;
  return tell === undefined ? `${action}${what}` : tell(what, detail);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? `${value} ` : '';
}

function countOf(value: unknown, one: string): string {
  return typeof value === 'number' ? formatCountOf(value, one) : `some ${one}s`;
}

function toWhom(recipient: unknown): string {
  return typeof recipient === 'string' ? ` to ${recipient}` : '';
}

function listOf(value: unknown): string {
  const fields = Array.isArray(value) ? value.map(String) : [];
  return fields.length === 0 ? 'settings' : fields.join(', ');
}
