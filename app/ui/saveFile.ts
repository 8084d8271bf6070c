/**
 * Fetches a file of ours and gives it to the browser to keep. It is fetched with the session's token, which a plain
 * link would not carry. Throws when there is none.
 */
export const saveFile = async (path: string, otherwise: string): Promise<void> => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(String(answer.status));
  const fileName = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;
  const url = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href: url, download: fileName }).click();
  URL.revokeObjectURL(url);
};

/** Gives the browser a text to keep as a file. */
export const saveText = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
};
