// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/error.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// The server did not live to answer a commit.
class LostCommit : public PlacedError {
public:
    explicit LostCommit(const std::string& why) : PlacedError("{}", why) {}
};

/// One connection to PostgreSQL, on which a transaction is made: what is not committed when it
/// goes out of scope never was. Errors tell what the server says in one line, without passwords.
/// For one thread.
class Session {
public:
    using Row = std::vector<std::string>; ///< null: empty

    /// `name` as for rasters::connection_words(). Throws Error naming the database: no answer
    /// within five seconds, refused.
    explicit Session(const std::string& name);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void run(const std::string& sql); ///< statements without results
    /// Rows of one statement; $1, $2 ... are the parameters, which are never part of the SQL.
    std::vector<Row> rows(const std::string& sql, std::span<const std::string> parameters = {});

    /// COPY ... FROM STDIN: `lines` in its text format. Throws what the server says of them.
    void copy(const std::string& sql, std::string_view lines);

    /// Throws LostCommit when the answer to it was lost: nobody knows then whether it was done.
    void commit();

    /// As SQL has it: "quoted", whatever stands in it.
    static std::string identifier(std::string_view name);

private:
    struct Connection;
    std::unique_ptr<Connection> m_connection;
};

} // namespace zonerank::engine
