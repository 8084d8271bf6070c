import { randomBytes } from 'node:crypto';
import { asId, isUuid, type ProgramId } from '~/core/values/ids';
import { sha256 } from '~/process/secrets';

const randomLength = 24;
const shape = /^fid_([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{32})$/;

/** A new key: it names its program, so that it can be looked up there, and has 192 random bits. */
export const newApiKey = (
  programId: ProgramId,
): { readonly key: string; readonly hash: string; readonly hint: string } => {
  const program = Buffer.from(programId.replaceAll('-', ''), 'hex').toString('base64url');
  const key = `fid_${program}${randomBytes(randomLength).toString('base64url')}`;
  return { key, hash: sha256(key), hint: key.slice(-4) };
};

/** The program of a key and the hash by which it is known there; null when the text is no key. */
export const readApiKey = (text: string): { readonly programId: ProgramId; readonly hash: string } | null => {
  const program = shape.exec(text)?.[1];
  if (program === undefined) return null;
  const hex = Buffer.from(program, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(id) ? { programId: asId<ProgramId>(id), hash: sha256(text) } : null;
};
