import { BucketStep } from '@/components/hand-over/bucket-step';
import { IntroCard } from '@/components/hand-over/intro-card';
import { PromiseCard } from '@/components/hand-over/promise-card';
import { StepCard } from '@/components/hand-over/step-card';
import { BrandMark } from '@/components/layout/brand';
import { openWays } from '@/lib/domain/destination/access-ways';
import type { LiveFacts } from './create-draft';
import { type PreviewPeople, previewView } from './preview-view';

interface CustomerPreviewProps {
  readonly facts: LiveFacts;
  readonly organizationName: string | null;
  readonly people: PreviewPeople;
}

const never = async () => ({ ok: true, value: null, notices: [] }) as const;
const neverPassedOn = async () => ({ ok: true, value: { address: '' }, notices: [] }) as never;

/** What scrolls must take the focus, or the keyboard cannot scroll it. */
const REACHABLE = { tabIndex: 0 } as const;

/** The customer's page as it will be, made of its own parts; nothing in it can be pressed here. */
export function CustomerPreview({ facts, organizationName, people }: CustomerPreviewProps) {
  const view = previewView({ facts, organizationName: organizationName ?? 'The customer', people });
  const isRolePossible = facts.place.endpoint === '' ? people.role.atAws : people.role.elsewhere;
  const now = new Date(people.openedAt);
  return (
    <aside
      aria-labelledby="preview"
      {...REACHABLE}
      className="sticky top-20 hidden max-h-[calc(100vh-6rem)] overflow-y-auto xl:block"
    >
      <h2 id="preview" className="mb-2 font-semibold text-md">
        What the customer will see
      </h2>
      <div inert className="grid gap-3 rounded-card border border-border bg-canvas p-3 text-sm">
        <p className="flex items-center gap-2 font-semibold">
          <BrandMark />
          Sluice{people.vendorName === null ? '' : ` for ${people.vendorName}`}
        </p>
        <IntroCard
          heading="h3"
          view={view}
          vendorName={people.vendorName}
          now={now}
          passOn={neverPassedOn}
          decline={never}
        />
        <PromiseCard place={view.place} />
        {view.place.bucket === '' ? (
          <StepCard number={1} title="Bucket">
            <p>
              {facts.placeBy === 'customer'
                ? 'They name bucket, region and prefix here.'
                : 'The bucket, once you have entered it.'}
            </p>
          </StepCard>
        ) : (
          <BucketStep view={view} action={never} />
        )}
        <StepCard number={2} title="Access">
          <p>{WAYS[openWays(facts.accessWays, isRolePossible).join(' ')]}</p>
        </StepCard>
        <StepCard number={3} title="Check">
          <p>It runs by itself; each row that fails says what to change, with the text to paste.</p>
        </StepCard>
      </div>
    </aside>
  );
}

const WAYS: Readonly<Record<string, string>> = {
  'role keys': 'They make a role (recommended) or an access key, with policy and external ID filled in.',
  role: 'They make a role that trusts us, with policies and external ID filled in.',
  keys: 'They make an IAM user with an access key, with the policy filled in.',
};
