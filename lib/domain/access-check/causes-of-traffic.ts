import { aws, type CauseEntry, us } from './cause-entry';
import { plain, shell } from './statements';

const HEALTH = 'https://health.aws.amazon.com/health/status';

/** What stands between us and the store, and what a store may not be like. */
export const CAUSES_OF_TRAFFIC = {
  clock_skew: us('Our clock and the store’s are too far apart: it takes no signature of ours.', () =>
    shell('For whoever runs Sluice: set the clock of the worker', 'timedatectl set-ntp true'),
  ),
  unreachable: us(
    'The store cannot be reached from here. It is tried again by itself.',
    ({ endpoint, region }) =>
      shell(
        'For whoever runs Sluice: look whether the worker reaches it',
        `curl -sSI ${endpoint === '' ? `https://s3.${region}.amazonaws.com` : endpoint}`,
      ),
  ),
  no_answer: us('The store did not answer in time. It is tried again by itself.', ({ endpoint, region }) =>
    shell(
      'For whoever runs Sluice: look whether the worker reaches it',
      `curl -sSI --max-time 10 ${endpoint === '' ? `https://s3.${region}.amazonaws.com` : endpoint}`,
    ),
  ),
  certificate_invalid: us('The certificate of the endpoint is not accepted.', ({ endpoint }) =>
    shell(
      'For whoever runs the endpoint: see what is wrong with it',
      `curl -vI ${endpoint === '' ? 'https://s3.amazonaws.com' : endpoint}`,
    ),
  ),
  slow_down: aws('AWS asks us to send less. It is tried again by itself.', () =>
    plain('Nothing has to be changed. How AWS does', HEALTH),
  ),
  store_trouble: aws('The store has trouble of its own. It is tried again by itself.', () =>
    plain('Nothing has to be changed. How AWS does', HEALTH),
  ),
  condition_ignored: us(
    'The store wrote over a file that was there, though we asked it not to. A file could then be written twice: this store cannot be delivered to.',
    () => plain('Choose a store that honours this header on uploads', 'If-None-Match: *'),
  ),
  condition_unsupported: us(
    'The store does not know the header with which we keep a file from being written twice: it cannot be delivered to.',
    () => plain('Choose a store that honours this header on uploads', 'If-None-Match: *'),
  ),
  file_changed: us(
    'What lies in the bucket is not what we wrote. Something on the way changes uploads.',
    ({ bucket, testFileKey }) =>
      shell(
        'Look at the test file',
        `aws s3api head-object --bucket ${bucket} --key ${testFileKey ?? 'KEY'}`,
      ),
  ),
  request_refused: us('The store refuses our uploads as they are. It may not support a part of them.', () =>
    plain(
      'For whoever runs Sluice: compare what the store supports with these headers',
      'If-None-Match, x-amz-checksum-crc32, x-amz-meta-*, x-amz-server-side-encryption',
    ),
  ),
  unlisted_answer: us(
    'The store gave an answer that nobody foresaw. Our team looks at it; nothing has been decided from it.',
    () => plain('For our support: send the answer and its request id as shown above', 'answer, request id'),
  ),
  internal: us('Something on our side broke the check off. It is tried again by itself.', () =>
    plain('For our support: send the address of this page', 'address of this page'),
  ),
} as const satisfies Record<string, CauseEntry>;
