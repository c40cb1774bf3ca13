namespace VoiceGrains.Gateway.Ops;

/// <summary>Who operates.</summary>
/// <param name="Id">Short and random, for the audit; <c>bearer</c> for callers who send the token itself.</param>
/// <param name="ExpiresAt">When it must be proved again.</param>
/// <param name="IsBrowser">Signed in by the page: then a browser may send requests that nobody wanted, and the origin counts.</param>
sealed record OpsSession(string Id, DateTimeOffset ExpiresAt, bool IsBrowser);
