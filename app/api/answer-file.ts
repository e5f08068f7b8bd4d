const TYPE = { csv: 'text/csv', json: 'application/json', ndjson: 'application/x-ndjson' } as const;

/** A text as a file that the browser saves and no cache keeps; `name` is ASCII, without its ending. */
export function answerFile(text: string, name: string, ending: keyof typeof TYPE): Response {
  return new Response(text, {
    headers: {
      'content-type': `${TYPE[ending]}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}.${ending}"`,
      'cache-control': 'no-store',
    },
  });
}
