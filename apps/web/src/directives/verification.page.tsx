import { useDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { useWords } from '../words/words';
import { DirectiveCard } from './directive-card';
import { ShowMore } from './show-more';

/** Reports that wait for somebody to say whether they will do. */
export default function VerificationPage() {
  const { say } = useWords();
  const query = useDirectives({ state: 'reported', order: 'due', limit: 100 });
  return (
    <>
      <PageHead title={say('verification.title')} lead={say('verification.lead')} />
      <Reading query={query}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0)
            return (
              <EmptyState
                icon="shield"
                title={say('verification.empty')}
                hint={say('verification.emptyHint')}
              />
            );
          return (
            <>
              <ul className="directives">
                {all.map((directive) => (
                  <DirectiveCard key={directive.id} directive={directive} />
                ))}
              </ul>
              <ShowMore
                hasMore={query.hasNextPage}
                isLoading={query.isFetchingNextPage}
                load={() => void query.fetchNextPage()}
              />
            </>
          );
        }}
      </Reading>
    </>
  );
}
