// SPDX-License-Identifier: Apache-2.0
#include "rasters/connection.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

std::string refusal(const std::string& name) {
    try {
        return connection_words(name);
    } catch (const Error& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("a database is told from files and addresses by its first letters") {
    for (const char* name : {"PG:dbname=x", "pg:", "postgresql://host/x", "postgres:///x"})
        CHECK(names_database(name));
    for (const char* name : {"", "P", "PGB:dbname=x", "data/PG:x", "https://host/x", "PG.gpkg", "MySQL:x"})
        CHECK_FALSE(names_database(name));
}

TEST_CASE("what holds no password stays as it is") {
    for (const char* name :
         {"", "data/roads.gpkg", "PG:dbname=x host=/tmp", "PG:service=zones", "postgresql://anna@host/x",
          "https://host/a:b/c?mail=a@b", "https://host:8080/a@b.tif", "PG:dbname=x passfile=/home/a/.pgpass",
          "password=kept: no connection", "PG:dbname=x password=***", "postgresql://anna:***@host/x",
          "class = 'password=1'", "MYSQL:zones,token=1", "data/sig=1.gpkg"})
        CHECK(without_password(name) == name);
}

TEST_CASE("passwords are hidden wherever libpq and others take them from") {
    const std::pair<const char*, const char*> cases[] = {
        {"PG:dbname=x password=s3cret host=h", "PG:dbname=x password=*** host=h"},
        {"PG:password=s3cret", "PG:password=***"},
        {"pg: PassWord = s3cret dbname=x", "pg: PassWord = *** dbname=x"},
        {"PG:password='two words' dbname=x", "PG:password=*** dbname=x"},
        {R"(PG:password='a\'s\\' dbname=x)", "PG:password=*** dbname=x"},
        {"PG:password='no end dbname=x", "PG:password=***"},
        {"PG:password=two words dbname=x", "PG:password=*** dbname=x"},
        {"PG:dbname=x password=a,b;c&d!e=f host=h", "PG:dbname=x password=*** host=h"},
        {R"(PG:password=a\ b=c dbname=x)", "PG:password=*** dbname=x"},
        {"PG:password=a=b user=anna", "PG:password=*** user=anna"},
        {"PG:password=one sslpassword=two", "PG:password=*** sslpassword=***"},
        {"postgresql://anna:s3cret@host:5432/x", "postgresql://anna:***@host:5432/x"},
        {"postgresql://anna:a@b/c@host/x", "postgresql://anna:***@host/x"},
        {"postgresql://host/x?user=a&password=s3cret&sslmode=require",
         "postgresql://host/x?user=a&password=***&sslmode=require"},
        {"PG:postgres://anna:s3cret@host/x", "PG:postgres://anna:***@host/x"},
        {"MYSQL:zones,user=a,password=s3cret,port=1", "MYSQL:zones,user=a,password=***,port=1"},
        {"/vsicurl/https://anna:s3cret@host/x.tif", "/vsicurl/https://anna:***@host/x.tif"},
        {"/vsicurl/https://host/x.tif?X-Amz-Expires=60&X-Amz-Signature=0a1b2c&X-Amz-Security-Token=d%2F==",
         "/vsicurl/https://host/x.tif?X-Amz-Expires=60&X-Amz-Signature=***&X-Amz-Security-Token=***"},
        {"https://host/x.tif?sv=2020&sig=a%2Bb%3D#page", "https://host/x.tif?sv=2020&sig=***#page"}};
    for (const auto& [given, shown] : cases) {
        CHECK(without_password(given) == shown);
        CHECK(without_password(shown) == shown);
        CHECK(with_password(shown) == given);
    }
    CHECK(with_password("never seen") == "never seen");
}

TEST_CASE("what others say is one line without the passwords that were seen") {
    without_password("PG:dbname=x password=hunter2");
    CHECK(without_secrets("failed:\n\twrong 'hunter2', hunter2 \x1b[0m\n") == "failed: wrong '***', *** [0m");
    without_password("PG:dbname=x password=a");
    CHECK(without_secrets("a cat") == "a cat");
}

TEST_CASE("words for libpq: quoted, with the password, and with an end to waiting") {
    const std::string shown = without_password(R"(PG:dbname='it\'s' password=hunter2)");
    const std::string words = connection_words(shown);
    CHECK(has(words, R"(dbname='it\'s')"));
    CHECK(has(words, "password='hunter2'"));
    CHECK(has(words, "connect_timeout='5'"));
    CHECK(has(connection_words("PG:dbname=x connect_timeout=60"), "connect_timeout='60'"));
    CHECK_FALSE(has(connection_words("PG:dbname=unknown password=***"), "password"));
    CHECK(has(connection_words("postgresql://host/zones?connect_timeout=9"), "dbname='zones'"));
}

TEST_CASE("what libpq doesn't understand is refused without telling a secret") {
    CHECK(refusal("PG:dbname=x tables=roads") ==
          "PG:dbname=x tables=roads: not a connection to PostgreSQL; write PG:dbname=... host=..., and the table as "
          "`layer:`");
    const std::string told = refusal(without_password("PG:password=two words dbname"));
    CHECK_FALSE(has(told, "two"));
    CHECK_FALSE(has(told, "words"));
}

TEST_CASE("a database is called by its name or its service") {
    CHECK(database_label("PG:dbname=zones host=h") == "database 'zones'");
    CHECK(database_label("postgresql://h/zones") == "database 'zones'");
    CHECK(database_label("PG:service=night") == "database service 'night'");
    CHECK(database_label("PG:host=h") == "the database");
    CHECK(database_label("PG:nonsense") == "the database");
}
