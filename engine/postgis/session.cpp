// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/session.hpp"

#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"

#include <libpq-fe.h>

namespace zonerank::engine {

// What libpq adds in further lines are guesses, and rows of data.
static std::string first_line(std::string text) {
    text = rasters::without_secrets(text.substr(0, text.find('\n')));
    for (const std::string noise : {"ERROR: ", "FATAL: "})
        if (text.starts_with(noise))
            text.erase(0, noise.size());
    return text;
}

struct Session::Connection {
    PGconn* handle = nullptr;
    ~Connection() { PQfinish(handle); }

    [[noreturn]] void fail(const std::string& said) const {
        const std::string text = first_line(said);
        throw Error("{}", text.empty() ? "the connection was lost" : text);
    }
};

namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

bool is_good(const Result& result) {
    const ExecStatusType status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN;
}

// Its first line: what else comes (DETAIL, CONTEXT) repeats rows of data.
std::string message_of(const Result& result, PGconn* connection) {
    const char* primary = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
    return primary != nullptr ? primary : PQerrorMessage(connection);
}

void ignore_notice(void*, const PGresult*) {}

} // namespace

Session::Session(const std::string& name) : m_connection(std::make_unique<Connection>()) {
    const std::string words = rasters::connection_words(name);
    m_connection->handle = PQconnectdb(words.c_str());
    if (PQstatus(m_connection->handle) != CONNECTION_OK)
        throw Error("{}: {}", rasters::database_label(name), first_line(PQerrorMessage(m_connection->handle)));
    PQsetNoticeReceiver(m_connection->handle, ignore_notice, nullptr);
    run("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on");
}

Session::~Session() = default;

void Session::run(const std::string& sql) {
    const Result result(PQexec(m_connection->handle, sql.c_str()));
    if (!is_good(result))
        m_connection->fail(message_of(result, m_connection->handle));
}

std::vector<Session::Row> Session::rows(const std::string& sql, std::span<const std::string> parameters) {
    std::vector<const char*> values;
    for (const std::string& parameter : parameters)
        values.push_back(parameter.c_str());
    const Result result(PQexecParams(m_connection->handle, sql.c_str(), static_cast<int>(values.size()), nullptr,
                                     values.data(), nullptr, nullptr, 0));
    if (!is_good(result))
        m_connection->fail(message_of(result, m_connection->handle));
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (int c = 0; c < PQnfields(result.get()); ++c)
            rows[r].emplace_back(PQgetvalue(result.get(), static_cast<int>(r), c));
    return rows;
}

void Session::copy(const std::string& sql, std::string_view lines) {
    run(sql);
    constexpr std::size_t piece = 1 << 20;
    PGconn* const handle = m_connection->handle;
    for (std::size_t at = 0; at < lines.size(); at += piece) {
        const std::string_view part = lines.substr(at, piece);
        if (PQputCopyData(handle, part.data(), static_cast<int>(part.size())) != 1)
            m_connection->fail(PQerrorMessage(handle));
    }
    if (PQputCopyEnd(handle, nullptr) != 1)
        m_connection->fail(PQerrorMessage(handle));
    std::string failure;
    while (const Result result{PQgetResult(handle)})
        if (!is_good(result) && failure.empty())
            failure = message_of(result, handle);
    if (!failure.empty())
        m_connection->fail(failure);
}

void Session::commit() {
    const Result result(PQexec(m_connection->handle, "COMMIT"));
    if (is_good(result) && std::string_view(PQcmdStatus(result.get())) == "COMMIT")
        return;
    const bool answered = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) != nullptr || is_good(result);
    if (!answered || PQstatus(m_connection->handle) != CONNECTION_OK)
        throw LostCommit(first_line(PQerrorMessage(m_connection->handle)));
    m_connection->fail(message_of(result, m_connection->handle));
}

std::string Session::identifier(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"')
            text += '"';
        text += c;
    }
    return text + "\"";
}

} // namespace zonerank::engine
