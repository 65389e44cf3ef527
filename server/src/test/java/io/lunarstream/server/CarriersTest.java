package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarriersTest {

    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(Carriers.PROPERTY);
    }

    @Test
    void areMoreThanThereAreProcessors() {
        Carriers.ask();
        assertThat(Integer.getInteger(Carriers.PROPERTY))
                .isGreaterThan(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void areAsManyAsTheCommandLineSays() {
        System.setProperty(Carriers.PROPERTY, "1");
        Carriers.ask();
        assertThat(System.getProperty(Carriers.PROPERTY)).isEqualTo("1");
    }
}
