// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/judgements.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace zonerank;
using engine::Judgements;

namespace {

const std::vector<std::string> members{"power", "highway", "rail"};
const Judgements expected{{1, 2, 4}, {1.0 / 2, 1, 3}, {1.0 / 4, 1.0 / 3, 1}};

Judgements read(const std::string& body) {
    return engine::read_judgements(tests::yaml(body), members);
}

std::string refusal(const std::string& body) {
    try {
        read(body);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

/// A file that is gone with the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text)
        : m_path(std::filesystem::temp_directory_path() / fmt::format("zonerank-judgements-{}.csv", getpid())) {
        std::ofstream(m_path, std::ios::binary) << text;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(m_path); }

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

std::string csv_refusal(const std::string& text) {
    const TemporaryFile file(text);
    try {
        engine::read_judgements_csv(file.path(), members);
    } catch (const Error& error) {
        const std::string message = error.what();
        const std::string path = file.path().string() + ": ";
        return message.starts_with(path) ? message.substr(path.size()) : "without its file: " + message;
    }
    return "accepted";
}

} // namespace

TEST_CASE("judgements: pairs either way round give the full matrix in the members' order") {
    CHECK(read("{power vs highway: 2, power vs rail: 4, highway vs rail: 3}") == expected);
    CHECK(read("{highway vs power: 1/2, rail vs highway: 1/3, rail vs power: 1/4}") == expected);
    CHECK(read("{highway vs power: 1/2, power vs highway: 2, power vs rail: 4, highway vs rail: 3}") == expected);
    CHECK(engine::read_judgements({}, std::vector<std::string>{"alone"}) == Judgements{{1}});
}

TEST_CASE("judgements: a name may hold ' vs ' itself") {
    const std::vector<std::string> odd{"a", "b vs c", "d"};
    const auto matrix = engine::read_judgements(tests::yaml("{a vs b vs c: 5, b vs c vs d: 7, a vs d: 3}"), odd);
    CHECK(matrix[0][1] == 5);
    CHECK(matrix[1][2] == 7);
    CHECK(matrix[0][2] == 3);
}

TEST_CASE("judgements: a pair that is unknown or no number") {
    CHECK(refusal("{pwer vs highway: 2}") == "unknown name 'pwer'; did you mean 'power'?");
    CHECK(refusal("{power vs seaport: 2}") == "unknown name 'seaport'; there is power, highway, rail");
    CHECK(refusal("{power: 2}") == "expected two names such as 'power vs highway', found 'power'");
    CHECK(refusal("{power vs power: 1}") == "'power vs power' compares a name with itself");
    CHECK(refusal("{power vs highway: much}") == "'power vs highway': expected a number, found 'much'");
    CHECK(refusal("{power vs highway: 2 km}") ==
          "'power vs highway': expected a plain number without a unit, found '2 km'");
    CHECK(refusal("{power vs highway: [2]}") == "'power vs highway': expected a number, found a list");
    CHECK(refusal("[1, 2]") == "expected judgements such as {power vs highway: 2}, found a list");
}

TEST_CASE("judgements: a pair given neither way is none") {
    const Judgements matrix = read("{power vs highway: 2, rail vs highway: 3}");
    CHECK(std::isnan(matrix[0][2]));
    CHECK(std::isnan(matrix[2][0]));
    CHECK(matrix[1][2] == 1.0 / 3);
    CHECK(matrix[1][0] == 0.5);
}

TEST_CASE("judgements: a matrix in any order of its names") {
    CHECK(read("{matrix: [[1, 2, 4], [1/2, 1, 3], [1/4, 1/3, 1]], of: [power, highway, rail]}") == expected);
    CHECK(read("{matrix: [[1, 1/4, 1/3], [4, 1, 2], [3, 1/2, 1]], of: [rail, power, highway]}") == expected);
    CHECK(read("{matrix: [[1, 2, 4], [~, 1, 3], [~, ~, 1]], of: [power, highway, rail]}") == expected);
}

TEST_CASE("judgements: a matrix that does not fit its names") {
    CHECK(refusal("{matrix: [[1, 2], [1/2, 1]], of: [power, highway]}") == "'rail' is missing in 'of'");
    CHECK(refusal("{matrix: [[1, 2, 4], [1/2, 1, 3], [1/4, 1/3, 1]], of: [power, rail, rail]}") ==
          "'rail' is twice in 'of'");
    CHECK(refusal("{matrix: [[1, 2], [1/2, 1]], of: [power, hihgway]}") ==
          "unknown name 'hihgway'; did you mean 'highway'?");
    CHECK(refusal("{matrix: [[1, 2, 4], [1/2, 1], [1/4, 1/3, 1]], of: [power, highway, rail]}") ==
          "'matrix' needs 3 rows of 3 numbers, one for each name in 'of'");
    CHECK(refusal("{matrix: [[1, 2, 4]], of: [power, highway, rail]}") == "'matrix' has 1 rows, 'of' has 3 names");
    CHECK(refusal("{matrix: [[1, 2, 4]]}") ==
          "'of' must list the names of the matrix's rows, such as [power, highway, rail]");
    CHECK(refusal("{matrix: [[1]], of: [power], csv: x}") == "'csv' does not go together with 'matrix'");
    CHECK(refusal("{csv: x, of: [power]}") == "'of' does not go together with 'csv'");
}

TEST_CASE("judgements: a table in a file, with commas or semicolons, any order, half or whole") {
    for (const char* text : {",power,highway,rail\npower,1,2,4\nhighway,1/2,1,3\nrail,1/4,1/3,1\n",
                             "\xEF\xBB\xBF;rail;power;highway\r\nhighway;3;;1\r\npower;4;1;2\r\nrail;1;;\r\n",
                             "\"judgement\", \"power\", \"highway\", \"rail\"\n\npower,,2,4\nhighway,,,3\nrail,,,"}) {
        const TemporaryFile file(text);
        CHECK(engine::read_judgements_csv(file.path(), members) == expected);
        CHECK(read("{csv: " + file.path().string() + "}") == expected);
    }
}

TEST_CASE("judgements: a table that can't be meant names its file and line") {
    CHECK(csv_refusal(",power,highway,rail\npower,1,2\n") == "line 2: 3 cells, but the first line has 4");
    CHECK(csv_refusal(",power,highway,rail\n\npower,1,two,4\n") == "line 3: expected a number, found 'two'");
    CHECK(csv_refusal(",power,highway\npower,1,2\nhighway,,1\n") == "'rail' is missing in the first column");
    CHECK(csv_refusal(",power,highway\npower,1,2\nhighway,,1\nrail,2,2\n") == "'rail' is missing in the first row");
    CHECK(csv_refusal(",power,highway,rail\npower,1,2,4\nhighway,,1,3\nhighway,,1,3\n") ==
          "'highway' is twice in the first column");
    CHECK(csv_refusal(",power,highway,rails\npower,1,2,4\n") == "unknown name 'rails'; did you mean 'rail'?");
    CHECK(csv_refusal("") == "'power' is missing in the first column");
    CHECK(csv_refusal(std::string((1U << 20) + 1, ',')) == "more than 1 MiB, which is no table of judgements");
    CHECK_THROWS_WITH_AS(engine::read_judgements_csv("/no/such.csv", members), "/no/such.csv: there is no such file",
                         Error);
    CHECK_THROWS_WITH_AS(engine::read_judgements_csv("/dev/null", members), "/dev/null: there is no such file", Error);
}
