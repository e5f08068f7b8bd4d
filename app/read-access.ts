import type { AccessInput } from '@/lib/domain/destination/access-input';
import { formText } from './form-text';

/** The access that a form sends: a role where it was chosen, else keys. Nothing is judged here. */
export function readAccess(form: FormData): AccessInput {
  if (formText(form, 'kind') === 'role') return { kind: 'role', roleArn: formText(form, 'roleArn') };
  return {
    kind: 'keys',
    accessKeyId: formText(form, 'accessKeyId'),
    secretAccessKey: formText(form, 'secretAccessKey'),
  };
}
