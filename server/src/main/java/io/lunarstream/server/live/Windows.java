package io.lunarstream.server.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What viewers may fetch of one stream key: the window of its newest generation, and those of earlier ones that are
/// kept for a while. Written by one event loop, read by all.
public final class Windows {
    private volatile Map<String, Window> byGeneration = Map.of();
    private volatile @Nullable Window newest;

    Windows() {}

    /// The window that the stable addresses lead to; empty until there is something to play.
    public Optional<Window> newest() {
        return Optional.ofNullable(newest);
    }

    /// The window of a generation, by the generation's name in addresses.
    public Optional<Window> generation(String id) {
        return Optional.ofNullable(byGeneration.get(id));
    }

    /// A generation has a new version. The newest generation is the one whose first version came last.
    void publish(Window window) {
        Map<String, Window> changed = new HashMap<>(byGeneration);
        boolean begins = changed.put(window.generation(), window) == null;
        byGeneration = Map.copyOf(changed);
        Window current = newest;
        if (begins || current == null || current.generation().equals(window.generation())) {
            newest = window;
        }
    }

    /// A generation is kept no longer.
    void forget(String generation) {
        Map<String, Window> changed = new HashMap<>(byGeneration);
        changed.remove(generation);
        byGeneration = Map.copyOf(changed);
        Window current = newest;
        if (current != null && current.generation().equals(generation)) {
            newest = null;
        }
    }

    /// Gives the memory of all segments back.
    void evict() {
        for (Window window : byGeneration.values()) {
            window.objects().values().forEach(StoredMedia::evict);
        }
    }
}
