import type { Properties } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { directoryProperties, identifies, newDirectoryObject, type ObjectKind, toSecond } from "../directory";
import { objectNotFound } from "../errors";
import { DOMAIN_CONTROLLER, SHOULD_PROCESS } from "../parameters";
import type { PushNotificationApp } from "../state";

const NAMESPACE = "Microsoft.Exchange.Management.PushNotifications";
const NAME = "OnPrem-Proxy";
// Source: the cmdlet reference.
const DEFAULT_URI = "https://outlook.office365.com/PushNotifications";

/** Source: the output shown in Microsoft's article on push notifications proxying. */
const PUSH_NOTIFICATION_APP: ObjectKind = {
  containers: ["Push Notifications Settings"],
  category: "ms-Exch-Push-Notifications-App",
  objectClass: ["top", "msExchPushNotificationsApp"],
  exchangeVersion: "0.20 (15.0.0.0)",
};

/** An upsert that sets Enabled and changes only the fields that are sent. It takes no -Identity and no -DomainController. */
export const enablePushNotificationProxy: Cmdlet = {
  name: "Enable-PushNotificationProxy",
  typeName: `${NAMESPACE}.EnablePushNotificationProxy`,
  parameters: {
    sets: { Default: {} },
    shared: { Organization: { type: "String" }, Uri: { type: "String" }, ...SHOULD_PROCESS },
  },
  run(call) {
    const former = call.state.pushNotificationApp;
    const app: PushNotificationApp = former
      ? { ...former }
      : {
          ...newDirectoryObject(NAME, call.now),
          displayName: "On Premises Proxy app",
          enabled: false,
          organization: "",
          uri: DEFAULT_URI,
        };
    app.enabled = true;
    app.organization = call.text("Organization") ?? app.organization;
    app.uri = call.text("Uri") ?? app.uri;
    if (!call.shouldProcess()) return [];
    if (JSON.stringify(app) !== JSON.stringify(former)) app.whenChanged = toSecond(call.now);
    call.state.pushNotificationApp = app;
    return [show(call, app)];
  },
};

/** Organization and Uri stay stored. Guess: it returns nothing, and there must be a proxy. */
export const disablePushNotificationProxy: Cmdlet = {
  name: "Disable-PushNotificationProxy",
  typeName: `${NAMESPACE}.DisablePushNotificationProxy`,
  destructive: true,
  parameters: { sets: { Default: {} }, shared: SHOULD_PROCESS },
  run(call) {
    const app = call.state.pushNotificationApp;
    if (!app) throw objectNotFound(NAME, call.domainController);
    if (!call.shouldProcess() || !app.enabled) return [];
    app.enabled = false;
    app.whenChanged = toSecond(call.now);
    return [];
  },
};

/** Undocumented, so it is offered only where the scenario says so. Its form is a guess after Get-* of other nouns. */
export const getPushNotificationApp: Cmdlet = {
  name: "Get-PushNotificationApp",
  typeName: `${NAMESPACE}.GetPushNotificationApp`,
  optional: true,
  parameters: { sets: { Default: {} }, shared: { Identity: { type: "String", nullable: true }, ...DOMAIN_CONTROLLER } },
  run(call) {
    const { pushNotificationApp: app, directory } = call.state;
    const identity = call.text("Identity");
    if (identity !== undefined && !(app && identifies(identity, directory, PUSH_NOTIFICATION_APP, app))) {
      throw objectNotFound(identity, call.domainController);
    }
    return app ? [show(call, app)] : [];
  },
};

function show(call: CmdletCall, app: PushNotificationApp): Properties {
  return {
    DisplayName: app.displayName,
    Enabled: app.enabled,
    Organization: app.organization,
    Uri: app.uri,
    ...directoryProperties(call.state.directory, PUSH_NOTIFICATION_APP, app, call.domainController),
  };
}
