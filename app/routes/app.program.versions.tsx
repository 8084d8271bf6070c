import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireMerchant } from '~/http/shopify/merchant';
import { VersionsPage } from '~/ui/program/versions/VersionsPage';
import { titled } from '~/ui/titled';
import { programVersions } from '~/views/programVersions';

export { programAction as action } from '~/http/shopify/programActions';
export { ProgramTrouble as ErrorBoundary } from '~/ui/program/ProgramTrouble';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.tab_versions');

const asked = /^(version|draft)-(\d{1,9})$/;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  const [, kind, number] = asked.exec(new URL(request.url).searchParams.get('see') ?? '') ?? [];
  return programVersions(
    database,
    store.programId,
    kind === undefined ? null : { kind: kind === 'draft' ? 'draft' : 'version', number: Number(number) },
  );
};

const Versions = () => <VersionsPage {...useLoaderData<typeof loader>()} />;

export default Versions;
