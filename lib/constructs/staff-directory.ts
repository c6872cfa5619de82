/** Who works here, and as what (R2): the user pool whose groups are the roles. */
import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPoolGroup,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolClient,
  UserPoolDomain,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";

/** The roles of R2, as `actions/action.ts` knows them; the precedence decides nothing but the order of display. */
const STAFF_GROUPS = {
  manager: "May everything, and alone designs, overrides and releases",
  representative: "Review, rings, messages, assignee, cancellation, reopening",
  shipping: "Export clearance, receipt, discrepancy, return delivery",
  workshop: "Work and inspection",
  finance: "Invoices, payments, refunds",
} as const;

export interface StaffDirectoryProps {
  readonly site: string;
}

export class StaffDirectory extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly domain: UserPoolDomain;

  constructor(scope: Construct, id: string, { site }: StaffDirectoryProps) {
    super(scope, id);
    this.pool = new UserPool(this, "Pool", {
      userPoolName: "after-sales-staff",
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [index, [groupName, description]] of Object.entries(STAFF_GROUPS).entries())
      new CfnUserPoolGroup(this, `Group-${groupName}`, {
        userPoolId: this.pool.userPoolId,
        groupName,
        description,
        precedence: index,
      });

    const console = new URL("/staff", site).href;
    this.client = new UserPoolClient(this, "Client", {
      userPool: this.pool,
      userPoolClientName: "staff-console",
      // A page in a browser keeps no secret; the code flow with PKCE needs none.
      generateSecret: false,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [console],
        logoutUrls: [console],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
    this.domain = new UserPoolDomain(this, "Domain", {
      userPool: this.pool,
      // Prefixes are unique in a region, over all accounts.
      cognitoDomain: { domainPrefix: `after-sales-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without a style of its own the newer sign-in page answers with an error.
    new CfnManagedLoginBranding(this, "SignInPage", {
      userPoolId: this.pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }
}
