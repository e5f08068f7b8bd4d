import pino from 'pino';

/** Names under which a secret could travel; their values never reach a log line. */
const REDACTED = [
  'password',
  'secret',
  'secretAccessKey',
  'accessKeyId',
  'credential',
  'authorization',
  'cookie',
  'token',
  'k',
];

export type Logger = pino.Logger;

/** JSON lines on stderr: fields, not prose; the message is a constant sentence. */
export function createLogger(
  name: string,
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
): Logger {
  return pino(
    {
      name,
      level,
      redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}
