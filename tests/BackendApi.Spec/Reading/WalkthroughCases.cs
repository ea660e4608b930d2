using BackendApi.Spec.Shop;

namespace BackendApi.Spec.Reading;

/// <summary>The response that docs/walkthrough.md ends with.</summary>
public abstract class WalkthroughCases(ShopService shop)
{
    private static readonly string Page = Document.Read("docs/walkthrough.md");

    [DatabaseFact]
    public Task The_response_is_what_the_page_shows() => shop.Answers(Document.Block(Page, "request"), Document.Block(Page, "response"));
}
