package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What strangers name things cannot write lines of its own into the log, nor steer the terminal that shows it.
class LogLinesTest {
    private static final String HOSTILE = "a\r\n2026-01-01 INFO all is well\u001b[2J\u0000\u0085\u009b";

    @Test
    void aMessageIsOneLineThatSteersNothing() throws JoranException {
        assertThat(written("text", HOSTILE).strip())
                .contains("stream a", "all is well")
                .doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void aMessageIsOneLineOfJson() throws JoranException {
        assertThat(written("json", HOSTILE).strip())
                .contains("all is well")
                .doesNotContain("\r", "\n", "\u001b", "\u0000");
    }

    private static String written(String format, String name) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("lunar.logging.format", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
        Logger logger = context.getLogger(Logger.ROOT_LOGGER_NAME);
        ILoggingEvent event = new LoggingEvent(
                LogLinesTest.class.getName(), logger, Level.INFO, "stream {}: refused", null, new Object[] {name});
        try {
            ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) logger.getAppender(format);
            return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
        } finally {
            context.stop();
        }
    }
}
