/** SQL over `attempt a`: the ended tries of the last five minutes that say something about the store. */
export const RECENT_TRY = `a.ended_at > clock_timestamp() - interval '5 minutes' AND a.code IS DISTINCT FROM 'NotSent'`;

/** SQL over the same: how many of them failed. What a 412 came to is settled by the HEAD that follows it. */
export const FAILED_TRIES = `count(*) FILTER (WHERE a.outcome <> 'done' AND a.http_status IS DISTINCT FROM 412)`;
