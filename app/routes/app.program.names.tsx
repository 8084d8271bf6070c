import { NamesPage } from '~/ui/program/names/NamesPage';
import { titled } from '~/ui/titled';

export { programAction as action } from '~/http/shopify/programActions';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.tab_names');

export default NamesPage;
