import { formText } from '@/app/form-text';
import { AWS_CHOICE } from '@/components/routings/form/aws-choice';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { parseEventNames } from '@/lib/domain/routing/event-names';
import type { CreateRoutingInput, UpdateRoutingInput } from '@/lib/domain/routing/input';

/** What the form of a new routing sends, in the shape of its schema; nothing is judged here. */
export function readCreateRouting(form: FormData): CreateRoutingInput {
  return {
    organizationId: formText(form, 'organizationId'),
    workspaceId: formText(form, 'workspaceId'),
    ...readSettings(form),
  };
}

/** What the settings form sends. */
export function readUpdateRouting(form: FormData): UpdateRoutingInput {
  return {
    routingId: formText(form, 'routingId'),
    version: Number(formText(form, 'version')),
    ...readSettings(form),
  };
}

function readSettings(form: FormData) {
  const endpoint = formText(form, 'endpoint');
  const dataTypes = form.getAll('dataTypes');
  return {
    name: formText(form, 'name'),
    endpoint: endpoint === AWS_CHOICE ? '' : endpoint,
    bucket: formText(form, 'bucket'),
    region: formText(form, 'region'),
    prefix: formText(form, 'prefix'),
    kmsKeyArn: formText(form, 'kmsKeyArn'),
    dataTypes: dataTypeSchema.options.filter((type) => dataTypes.includes(type)),
    eventNames: parseEventNames(formText(form, 'eventNames')),
    promiseSeconds: readNumber(form, 'promiseSeconds'),
    flushIntervalMs: readNumber(form, 'flushIntervalSeconds') * 1_000,
    accessKeyId: formText(form, 'accessKeyId'),
    secretAccessKey: formText(form, 'secretAccessKey'),
  };
}

/** NaN where there is no number, so that the schema says what to enter. */
function readNumber(form: FormData, name: string): number {
  const text = formText(form, name).trim();
  return text === '' ? Number.NaN : Number(text);
}
