package io.lunarstream.interop;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The page to read and try the API, as a developer uses it in a browser.
final class DocsPage {
    private final Page page;
    private final String origin;
    private final List<String> problems = new ArrayList<>();

    /// @param origin scheme, host and port of the server
    DocsPage(Page page, String origin) {
        this.page = page;
        this.origin = origin;
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                problems.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
                problems.add("asks another host: " + request.url());
            }
        });
    }

    DocsPage open() {
        page.navigate(origin + "/docs");
        page.waitForSelector("#api[aria-busy=false] .opblock");
        return this;
    }

    Page page() {
        return page;
    }

    /// Every operation that is shown, as method and path.
    List<String> operations() {
        return page.locator(".opblock-summary").all().stream()
                .map(summary -> summary.locator(".opblock-summary-method").textContent() + " "
                        + summary.locator(".opblock-summary-path").getAttribute("data-path"))
                .toList();
    }

    /// Puts a secret where the page asks for it.
    ///
    /// @param scheme the name of the security scheme
    void authorize(String scheme, String secret) {
        page.locator(".btn.authorize").first().click();
        Locator dialog = page.locator(".auth-container")
                .filter(new Locator.FilterOptions().setHas(page.locator("h4 code", byText(scheme))));
        dialog.locator("input").fill(secret);
        dialog.locator("button.authorize").click();
        page.locator(".auth-container .btn-done").first().click();
    }

    private static Page.LocatorOptions byText(String text) {
        return new Page.LocatorOptions().setHasText(Pattern.compile("^" + text + "$"));
    }

    /// Opens an operation and sends its request.
    ///
    /// @return the response as it is shown
    Shown execute(String operationId) {
        Locator operation = page.locator(".opblock[id$='-" + operationId + "']");
        operation.locator(".opblock-summary-control").click();
        operation.locator("button.execute").click();
        Locator row = operation.locator(".live-responses-table tr.response");
        row.waitFor();
        return new Shown(
                row.locator(".response-col_status").textContent().strip(),
                row.locator(".highlight-code").first().textContent());
    }

    /// A response on the page.
    record Shown(String status, String body) {}

    /// Errors of scripts, breaches of the Content-Security-Policy, and requests to other hosts.
    List<String> problems() {
        return List.copyOf(problems);
    }
}
