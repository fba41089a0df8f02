namespace Azure.Data.Tables;

/// <summary>The answer when there is no such entity.</summary>
internal sealed class NoValueResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException(
        $"There is no value; the service answered {response.Status}.");

    public override Response GetRawResponse() => response;
}
