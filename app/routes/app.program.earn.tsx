import { EarnPage } from '~/ui/program/earn/EarnPage';
import { titled } from '~/ui/titled';

export { programAction as action } from '~/http/shopify/programActions';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.tab_earn');

export default EarnPage;
