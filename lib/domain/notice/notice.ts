import { z } from 'zod';

const place = {
  organizationName: z.string(),
  routingName: z.string(),
  bucket: z.string(),
  region: z.string(),
  prefix: z.string(),
};

/** Asks a customer's AWS admin to hand over access. The link's address is no fact: it travels sealed. */
const handOverLinkSchema = z.object({
  kind: z.literal('hand_over_link'),
  facts: z.object({
    ...place,
    /** Who sent it, or passed it on; null when unnamed. */
    sentBy: z.string().nullable(),
    expiresAt: z.iso.datetime(),
  }),
});

/** Tells who sent a hand-over link that it reached somebody who did not expect it, and has ended. */
const handOverDeclinedSchema = z.object({
  kind: z.literal('hand_over_declined'),
  facts: z.object({
    ...place,
    /** Whom the link was for; null when unnamed. */
    declinedBy: z.string().nullable(),
    declinedAt: z.iso.datetime(),
  }),
});

/** Tells all contacts who handed over access, and to what. */
const accessSubmittedSchema = z.object({
  kind: z.literal('access_submitted'),
  facts: z.object({
    ...place,
    submittedBy: z.string().nullable(),
    submittedAt: z.iso.datetime(),
    accountId: z.string().nullable(),
    principalArn: z.string().nullable(),
  }),
});

/** Tells that the first file has arrived. */
const liveSchema = z.object({
  kind: z.literal('live'),
  facts: z.object({
    ...place,
    workspaceName: z.string(),
    dataTypes: z.array(z.enum(['events', 'sync_aliases', 'segment'])),
    firstKey: z.string(),
    rows: z.number().int(),
    deliveredAt: z.iso.datetime(),
    promiseSeconds: z.number().int(),
  }),
});

/** What people outside are told, by kind, with all that its texts need. Facts hold no secret. */
export const noticeSchema = z.discriminatedUnion('kind', [
  handOverLinkSchema,
  handOverDeclinedSchema,
  accessSubmittedSchema,
  liveSchema,
]);
export type Notice = z.output<typeof noticeSchema>;
export type NoticeKind = Notice['kind'];
export type NoticeOf<K extends NoticeKind> = Extract<Notice, { kind: K }>;
export const NOTICE_KINDS = [
  'hand_over_link',
  'hand_over_declined',
  'access_submitted',
  'live',
] as const satisfies NoticeKind[];

export const noticeChannelSchema = z.enum(['mail', 'webhook']);
export type NoticeChannel = z.infer<typeof noticeChannelSchema>;

/** `queued` until it was taken by the mail server or the receiver; `given_up` after the last try. */
export const noticeStateSchema = z.enum(['queued', 'sent', 'given_up']);
export type NoticeState = z.infer<typeof noticeStateSchema>;
