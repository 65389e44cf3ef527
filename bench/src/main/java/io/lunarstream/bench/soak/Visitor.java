package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.MultivariantPlaylistText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A viewer who comes and goes, and is not always polite.
record Visitor(MediaRequests requests, Findings findings) {
    private static final Duration STALL = Duration.ofSeconds(60);

    /// More than the kernel's buffers of both sides hold.
    private static final int REQUESTS_OF_A_STALL = 200;

    private static final int SMALL_BUFFER_BYTES = 4_096;
    private static final int READ_TIMEOUT_MS = 10_000;
    private static final int SEEKS = 4;

    /// Does something on what is on; nothing if there is nothing to be seen yet, or no more.
    void perform(Event<ViewerAct> event, Show show) throws IOException, InterruptedException {
        RandomGenerator random = event.random();
        boolean lowLatency =
                event.kind() == ViewerAct.FOLLOW_LOW_LATENCY || event.kind() == ViewerAct.LEAVE_WHILE_WAITING;
        HlsForm form = lowLatency || random.nextBoolean() ? HlsForm.FMP4 : HlsForm.MPEG_TS;
        Optional<URI> address = mediaPlaylist(show, form);
        if (address.isEmpty()) {
            findings.count("viewer: left out, as nothing was on");
            return;
        }
        try {
            perform(event.kind(), random, show, form, address.get());
            findings.count("viewer: " + event.kind().words());
        } catch (IllegalArgumentException e) {
            if (!show.isDeleted()) {
                throw e;
            }
        }
    }

    private void perform(ViewerAct act, RandomGenerator random, Show show, HlsForm form, URI address)
            throws IOException, InterruptedException {
        switch (act) {
            case FOLLOW_LOW_LATENCY -> new LowLatencyViewer(requests, show, address).follow(random.nextInt(5, 40));
            case SEEK_BACK -> seekBack(random, form, address);
            case STALL -> stall(form, address);
            case LEAVE_IN_SEGMENT -> leaveInSegment(random, address);
            case LEAVE_WHILE_WAITING -> leaveWhileWaiting(random, address);
        }
    }

    private Optional<URI> mediaPlaylist(Show show, HlsForm form) throws IOException, InterruptedException {
        URI multivariant = requests.multivariant(show, form);
        HttpResponse<String> response = requests.playlist(multivariant);
        return response.statusCode() == 200
                ? Optional.of(multivariant.resolve(MultivariantPlaylistText.parse(response.body())
                        .mediaPlaylists()
                        .getFirst()))
                : Optional.empty();
    }

    private List<MediaPlaylistText.Segment> segments(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = requests.playlist(address);
        require(response.statusCode() == 200, address.getPath() + " answers " + response.statusCode());
        return MediaPlaylistText.parse(response.body()).segments();
    }

    private void seekBack(RandomGenerator random, HlsForm form, URI address) throws IOException, InterruptedException {
        List<MediaPlaylistText.Segment> segments = segments(address);
        for (int i = 0; i < SEEKS; i++) {
            URI segment = address.resolve(
                    segments.get(random.nextInt(segments.size())).uri());
            byte[] whole = requests.media(segment, form);
            int from = random.nextInt(whole.length);
            int to = random.nextInt(from, whole.length);
            HttpResponse<byte[]> range = requests.range(segment, from, to);
            require(range.statusCode() == 206, "a range of " + segment.getPath() + " answers " + range.statusCode());
            require(
                    Arrays.equals(whole, from, to + 1, range.body(), 0, range.body().length),
                    "a range of " + segment.getPath() + " is not what the whole has there");
        }
    }

    /// Asks for much, reads nothing for a minute, and then all that still comes.
    private void stall(HlsForm form, URI address) throws IOException, InterruptedException {
        List<MediaPlaylistText.Segment> segments = segments(address);
        try (Socket socket = connect()) {
            for (int i = 0; i < REQUESTS_OF_A_STALL; i++) {
                ask(socket, address.resolve(segments.get(i % segments.size()).uri()));
            }
            Thread.sleep(STALL);
            drain(socket);
        } catch (SocketException _) {
            findings.count("viewer: was closed while it stalled, in " + form);
        }
    }

    private void leaveInSegment(RandomGenerator random, URI address) throws IOException, InterruptedException {
        List<MediaPlaylistText.Segment> segments = segments(address);
        try (Socket socket = connect()) {
            ask(socket, address.resolve(segments.getLast().uri()));
            // What comes at once, and no more: the last segment before an encoder went may be shorter than that.
            byte[] some = new byte[random.nextInt(1, 2 * SMALL_BUFFER_BYTES)];
            int count = socket.getInputStream().read(some);
            require(count > 0 && some[0] == 'H', "a segment is not answered by HTTP: " + count + " bytes");
        }
    }

    private void leaveWhileWaiting(RandomGenerator random, URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = requests.playlist(address);
        MediaPlaylistText playlist = MediaPlaylistText.parse(response.body());
        try (Socket socket = connect()) {
            ask(socket, URI.create(address + "?_HLS_msn=" + (playlist.nextMediaSequence() + 1)));
            Thread.sleep(random.nextInt(1_000));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        URI origin = requests.origin();
        socket.connect(new InetSocketAddress(origin.getHost(), origin.getPort()));
        return socket;
    }

    private static void ask(Socket socket, URI address) throws IOException {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String request =
                "GET " + address.getRawPath() + query + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /// Reads until the server closes, or has nothing more to say.
    private static void drain(Socket socket) throws IOException {
        try {
            long _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException _) {
            // All has been read.
        }
    }
}
