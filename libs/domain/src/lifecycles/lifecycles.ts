import { Lifecycles } from '@dondoc/workflow';
import { remotePartLifecycle } from './cascade/remote-part.lifecycle';
import { consultationLifecycle } from './consultation/consultation.lifecycle';
import { delegationLifecycle } from './delegation/delegation.lifecycle';
import { digestLifecycle } from './digest.lifecycle';
import { directiveLifecycle } from './directive.lifecycle';
import { dispatchLifecycle } from './dispatch.lifecycle';
import { escalationLifecycle } from './escalation.lifecycle';
import { explanationLifecycle } from './explanation/explanation.lifecycle';
import { reportingObligationLifecycle } from './standing/reporting-obligation.lifecycle';
import { standingDirectiveLifecycle } from './standing/standing-directive.lifecycle';
import { extensionRequestLifecycle } from './extension-request.lifecycle';

/** Every lifecycle of the product in every version that may still have open instances. */
export const lifecycles = new Lifecycles([
  directiveLifecycle,
  escalationLifecycle,
  explanationLifecycle,
  consultationLifecycle,
  delegationLifecycle,
  standingDirectiveLifecycle,
  reportingObligationLifecycle,
  dispatchLifecycle,
  digestLifecycle,
  extensionRequestLifecycle,
  remotePartLifecycle,
]);
