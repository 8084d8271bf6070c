import type { Discount } from '../process/state';

/** What makes a discount code, as far as this shop reads it. */
export type CodeInput = {
  title?: string;
  code?: string;
  startsAt?: string;
  endsAt?: string;
  usageLimit?: number;
  appliesOncePerCustomer?: boolean;
  tags?: string[];
  combinesWith?: Partial<Discount['combinesWith']>;
  context?: { customers?: { add?: string[] } };
  minimumRequirement?: { subtotal?: { greaterThanOrEqualToSubtotal: string } };
};
export type ItemsInput = {
  all?: boolean;
  products?: { productVariantsToAdd?: string[]; productsToAdd?: string[] };
  collections?: { add?: string[] };
};
export type BasicInput = CodeInput & {
  customerGets?: { items?: ItemsInput; value?: { discountAmount?: { amount: string }; percentage?: number } };
};
export type BuyAndGetInput = CodeInput & {
  customerBuys?: { items?: ItemsInput; value?: { amount?: string } };
  customerGets?: {
    items?: ItemsInput;
    value?: { discountOnQuantity?: { quantity?: string; effect?: { percentage?: number } } };
  };
  usesPerOrderLimit?: number;
};
export type ShippingInput = CodeInput & {
  destination?: { all?: boolean; countries?: { add?: string[]; includeRestOfWorld?: boolean } };
  maximumShippingPrice?: string;
};
