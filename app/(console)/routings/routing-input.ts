import { formText } from '@/app/form-text';
import { readAccess } from '@/app/read-access';
import { AWS_CHOICE } from '@/components/routings/form/aws-choice';
import { parseEmails } from '@/lib/domain/contact/contacts';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { ReleaseInput } from '@/lib/domain/delivery/release-input';
import { accessWaysSchema } from '@/lib/domain/destination/access-ways';
import { placeBySchema, type SaveDraftInput } from '@/lib/domain/routing/draft';
import type { ArchiveRoutingInput, DisableRoutingInput } from '@/lib/domain/routing/ending-input';
import { parseEventNames } from '@/lib/domain/routing/event-names';
import type { CreateRoutingInput, EnterAccessInput } from '@/lib/domain/routing/input';
import type { SetRetentionInput } from '@/lib/domain/routing/retention-input';

/** What the form of a new routing holds while it is written; what is not valid yet is told apart later. */
export function readSaveDraft(form: FormData): SaveDraftInput {
  const { organizationId, workspaceId, name, ...fields } = readNewRouting(form);
  return { ...readDraftRef(form), organizationId, workspaceId, name, fields };
}

function readDraftRef(form: FormData) {
  const draftId = formText(form, 'draftId');
  if (draftId === '') return { draftId: undefined, version: undefined };
  return { draftId, version: Number(formText(form, 'draftVersion')) };
}

/** What the form of a new routing sends, in the shape of its schema; nothing is judged here. */
export function readCreateRouting(form: FormData): CreateRoutingInput {
  const { draftId, version: draftVersion } = readDraftRef(form);
  const isNow = formText(form, 'access') === 'now';
  return {
    ...readNewRouting(form),
    ...{ draftId, draftVersion, ...readKeys(form) },
    access: isNow ? 'now' : 'later',
    ...(isNow ? { reason: formText(form, 'reason') } : {}),
  };
}

function readNewRouting(form: FormData) {
  return {
    organizationId: formText(form, 'organizationId'),
    workspaceId: formText(form, 'workspaceId'),
    ...readSettings(form),
    ...readPlace(form),
    ownerAccountId: formText(form, 'ownerAccountId'),
    placeBy: placeBySchema.catch('us').parse(formText(form, 'placeBy')),
    accessWays: accessWaysSchema.catch('any').parse(formText(form, 'accessWays')),
    awsAdmin: formText(form, 'awsAdmin'),
    live: parseEmails(formText(form, 'live')),
  };
}

/** What the settings form sends; the rest of the routing stays as it is. */
export function readSettingsPatch(form: FormData) {
  const hourMarkers = formText(form, 'hourMarkers') !== '';
  const accessProbe = formText(form, 'accessProbe') !== '';
  const patch = { ...readVersion(form), ...readSettings(form), hourMarkers, accessProbe };
  return { routingId: formText(form, 'routingId'), patch };
}

/** What the form of a destination sends; the rest of the routing stays as it is. */
export function readDestinationPatch(form: FormData) {
  return { routingId: formText(form, 'routingId'), patch: { ...readVersion(form), ...readPlace(form) } };
}

/** What the form of access sends. */
export function readEnterAccess(form: FormData): EnterAccessInput {
  return { routingId: formText(form, 'routingId'), ...readVersion(form), ...readAccess(form) };
}

/** What the dialog of a release sends. */
export function readRelease(form: FormData): ReleaseInput {
  return {
    routingId: formText(form, 'routingId'),
    cutId: Number(formText(form, 'cutId')),
    generation: Number(formText(form, 'generation')),
    to: formText(form, 'to') === 'gap' ? 'gap' : 'present_destination',
    reason: formText(form, 'reason'),
    mayExistInBothPlaces: formText(form, 'mayExistInBothPlaces') !== '',
  };
}

/** What the dialog of an end sends. */
export function readDisable(form: FormData): DisableRoutingInput {
  const mode = formText(form, 'mode') === 'discard' ? 'discard' : 'drain';
  return {
    routingId: formText(form, 'routingId'),
    mode,
    reason: formText(form, 'reason'),
    ...(mode === 'drain' ? { drainMinutes: readNumber(form, 'drainMinutes') } : {}),
  };
}

export function readArchive(form: FormData): ArchiveRoutingInput {
  return {
    routingId: formText(form, 'routingId'),
    name: formText(form, 'name'),
    reason: formText(form, 'reason'),
  };
}

export function readRetention(form: FormData): SetRetentionInput {
  return {
    routingId: formText(form, 'routingId'),
    retentionHours: readNumber(form, 'retentionHours'),
    acceptsLoss: formText(form, 'acceptsLoss') !== '',
  };
}

function readVersion(form: FormData) {
  return { version: Number(formText(form, 'version')) };
}

function readSettings(form: FormData) {
  const dataTypes = form.getAll('dataTypes');
  return {
    name: formText(form, 'name'),
    dataTypes: dataTypeSchema.options.filter((type) => dataTypes.includes(type)),
    eventNames: parseEventNames(formText(form, 'eventNames')),
    promiseSeconds: readNumber(form, 'promiseSeconds'),
    flushIntervalMs: readNumber(form, 'flushIntervalSeconds') * 1_000,
  };
}

function readPlace(form: FormData) {
  const endpoint = formText(form, 'endpoint');
  return {
    endpoint: endpoint === AWS_CHOICE ? '' : endpoint,
    bucket: formText(form, 'bucket'),
    region: formText(form, 'region'),
    prefix: formText(form, 'prefix'),
    kmsKeyArn: formText(form, 'kmsKeyArn'),
  };
}

function readKeys(form: FormData) {
  return {
    accessKeyId: formText(form, 'accessKeyId'),
    secretAccessKey: formText(form, 'secretAccessKey'),
  };
}

/** NaN where there is no number, so that the schema says what to enter. */
function readNumber(form: FormData, name: string): number {
  const text = formText(form, name).trim();
  return text === '' ? Number.NaN : Number(text);
}
