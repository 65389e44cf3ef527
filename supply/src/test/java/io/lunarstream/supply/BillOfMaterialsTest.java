package io.lunarstream.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class BillOfMaterialsTest {
    private static final String OF_MAVEN = """
            {"metadata": {"component": {"bom-ref": "program"}},
             "components": [
              {"bom-ref": "a", "group": "io.netty", "name": "epoll", "version": "1", "purl": "pkg:maven/io.netty/epoll@1?classifier=x"},
              {"bom-ref": "b", "group": "io.netty", "name": "epoll", "version": "1", "purl": "pkg:maven/io.netty/epoll@1?classifier=y"}],
             "dependencies": [{"ref": "a"}, {"ref": "program", "dependsOn": ["a", "b"]}]}
            """;
    private static final String FOR_BROWSERS = """
            {"components": [
              {"bom-ref": "c", "name": "ui", "version": "2", "purl": "pkg:npm/ui@2", "components": [
                {"group": "@scope", "name": "inner", "version": "3", "purl": "pkg:npm/%40scope/inner@3"}]}]}
            """;

    @Test
    void packagesAreNamedAsOsvNamesThemEachOnceAndThoseInsideOthersToo() throws JsonProcessingException {
        assertThat(both().packages())
                .containsExactly(
                        new SoftwarePackage("Maven", "io.netty:epoll", "1"),
                        new SoftwarePackage("npm", "ui", "2"),
                        new SoftwarePackage("npm", "@scope/inner", "3"));
    }

    @Test
    void whatIsAddedIsNeededByTheProgram() throws JsonProcessingException {
        assertThat(both().document().at("/dependencies/1/dependsOn").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
    }

    @Test
    void aPackageOfAnUnknownRegistryIsRefused() throws JsonProcessingException {
        BillOfMaterials bill = bill("{\"components\": [{\"name\": \"x\", \"purl\": \"pkg:cargo/x@1\"}]}");

        assertThatThrownBy(bill::packages).hasMessageContaining("pkg:cargo/x@1");
    }

    private static BillOfMaterials both() throws JsonProcessingException {
        BillOfMaterials bill = bill(OF_MAVEN);
        bill.add(bill(FOR_BROWSERS));
        return bill;
    }

    private static BillOfMaterials bill(String json) throws JsonProcessingException {
        return new BillOfMaterials(new JsonMapper().readValue(json, ObjectNode.class));
    }
}
