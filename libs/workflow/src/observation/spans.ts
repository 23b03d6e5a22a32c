import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type SpanContext,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

const TRACER = '@dondoc/workflow';

/** The API's stand-in until an SDK is registered knows whether there is one. */
type MaybeProxy = TracerProvider & { getDelegateTracer?: (name: string) => Tracer | undefined };

/** `null` as long as no SDK is registered: then nothing is made at all. */
function tracer(): Tracer | null {
  const provider: MaybeProxy = trace.getTracerProvider();
  return provider.getDelegateTracer
    ? (provider.getDelegateTracer(TRACER) ?? null)
    : provider.getTracer(TRACER);
}

/** Whether anybody records spans. */
export const isTracing = (): boolean => tracer() !== null;

/** Where a span hangs: below whatever is active here, or below `parent` (`null`: a trace of its own). */
export type SpanOrigin =
  'active' | { readonly parent: SpanContext | null; readonly links: readonly SpanContext[] };

/**
 * Runs `work` inside a span; without an SDK just runs it. Of an error only its class is kept: messages of the database
 * quote data.
 */
export function spanned<T>(
  name: string,
  origin: SpanOrigin,
  attributes: Attributes,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  const known = tracer();
  if (!known) return work(null);
  const { parent, links } = origin === 'active' ? { parent: null, links: [] } : origin;
  const around =
    origin === 'active'
      ? context.active()
      : parent
        ? trace.setSpanContext(ROOT_CONTEXT, parent)
        : ROOT_CONTEXT;
  const span = known.startSpan(
    name,
    { attributes, links: links.map((linked) => ({ context: linked })) },
    around,
  );
  return context.with(trace.setSpan(around, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      const message = error instanceof Error ? error.constructor.name : 'error';
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** W3C `traceparent` of the active span, or `null`. */
export function activeTraceparent(): string | null {
  const active = trace.getSpanContext(context.active());
  if (!active || !isSpanContextValid(active)) return null;
  return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`;
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Reads what `activeTraceparent` wrote; anything else is `null`. */
export function readTraceparent(text: string | null): SpanContext | null {
  const [, traceId, spanId, flags] = form.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  const read: SpanContext = { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(read) ? read : null;
}
