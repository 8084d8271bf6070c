import type { ReactNode } from 'react';
import type { Condition, ConditionKind } from '~/core/earning/conditions/all';

type Of<Kind extends ConditionKind> = Extract<Condition, { readonly kind: Kind }>;

export type ConditionProps<Kind extends ConditionKind> = {
  /** What the kind is called. */
  readonly label: string;
  readonly condition: Of<Kind>;
  readonly change: (condition: Of<Kind>) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** The fields of one kind of condition. */
export type ConditionEditor<Kind extends ConditionKind> = (props: ConditionProps<Kind>) => ReactNode;
