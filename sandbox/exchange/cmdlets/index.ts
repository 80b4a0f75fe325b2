import type { Cmdlet } from "../cmdlet";
import { getAuthConfig, setAuthConfig } from "./auth-config";
import { getAuthServer, newAuthServer, removeAuthServer, setAuthServer } from "./auth-server";
import { getExchangeCertificate, removeExchangeCertificate } from "./certificate";
import { getExchangeServer } from "./exchange-server";
import { getHybridConfiguration } from "./hybrid-configuration";
import { invokeMonitoringProbe } from "./monitoring-probe";
import { newExchangeCertificate } from "./new-certificate";
import { getPartnerApplication, setPartnerApplication } from "./partner-application";
import {
  disablePushNotificationProxy,
  enablePushNotificationProxy,
  getPushNotificationApp,
} from "./push-notifications";
import {
  exportMachineCertificate,
  getExSetupVersion,
  newMachineCertificate,
  restartHealthManager,
} from "./server-commands";
import { exportExchangeCertificate, importExchangeCertificate } from "./transfer-certificate";

/** Every cmdlet that an organisation may offer. */
export const CMDLETS: readonly Cmdlet[] = [
  getAuthConfig,
  setAuthConfig,
  getAuthServer,
  newAuthServer,
  setAuthServer,
  removeAuthServer,
  getExchangeCertificate,
  newExchangeCertificate,
  exportExchangeCertificate,
  importExchangeCertificate,
  removeExchangeCertificate,
  getExchangeServer,
  getPartnerApplication,
  setPartnerApplication,
  getHybridConfiguration,
  enablePushNotificationProxy,
  disablePushNotificationProxy,
  getPushNotificationApp,
  invokeMonitoringProbe,
  restartHealthManager,
  exportMachineCertificate,
  newMachineCertificate,
  getExSetupVersion,
];
