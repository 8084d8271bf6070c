import { Text } from '@shopify/polaris';

export const Greetings = ({ names }: { readonly names: readonly string[] }) => <Text as="p">{names.join(', ')}</Text>;
