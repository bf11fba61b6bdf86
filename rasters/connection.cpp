// SPDX-License-Identifier: Apache-2.0
#include "rasters/connection.hpp"

#include "rasters/core/error.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace zonerank::rasters {

namespace {

constexpr std::string_view hidden = "***";
constexpr std::size_t shortest = 5; ///< of the passwords that are looked for in messages
constexpr std::array<std::string_view, 5> secret_keys{"password", "passwd", "pwd", "sslpassword", "pass"};
/// What opens an address that was signed for its bearer, as object stores hand them out (X-Amz-Signature, sig ...).
constexpr std::array<std::string_view, 5> address_keys{"signature", "sig", "token", "access_token", "sastoken"};

/// What was taken out of names in this process.
struct Vault {
    std::mutex mutex;
    std::map<std::string, std::string> whole; ///< by the name without passwords
    std::set<std::string> secrets;
};

Vault& vault() {
    static Vault instance;
    return instance;
}

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool is_blank(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool starts_as(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at]))
        ++at;
    return at;
}

/// Where the word that ends at `end` begins.
std::size_t word_before(std::string_view text, std::size_t end) {
    while (end > 0 && (std::isalnum(static_cast<unsigned char>(text[end - 1])) != 0 || text[end - 1] == '_'))
        --end;
    return end;
}

bool is_secret_key(std::string_view word, bool in_address) {
    const auto is_word = [&](std::string_view key) { return word.size() == key.size() && starts_as(word, key); };
    return std::ranges::any_of(secret_keys, is_word) || (in_address && std::ranges::any_of(address_keys, is_word));
}

bool is_address(std::string_view text) {
    return text.find("://") != text.npos;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '\''; ++at)
        at += text[at] == '\\' ? 1 : 0;
    return std::min(text.size(), at + 1);
}

/// Whether a word and an equals sign begin at a place.
bool begins_key(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
        ++end;
    const std::size_t sign = skip_blanks(text, end);
    return end > at && sign < text.size() && text[sign] == '=';
}

/// Up to one of `ends` or the next `key=`: a password with a blank in it, which should have been quoted, is
/// one still.
std::size_t end_of_plain(std::string_view text, std::size_t at, std::string_view ends) {
    for (std::size_t i = at; i < text.size(); ++i)
        if (ends.find(text[i]) != ends.npos ||
            (is_blank(text[i]) && (i == at || text[i - 1] != '\\') && begins_key(text, skip_blanks(text, i))))
            return i;
    return text.size();
}

struct Span {
    std::size_t from, to;
};

/// What ends a value that has no quotes: in addresses, in libpq's words, in those of others.
std::string_view ends_in(std::string_view text) {
    return is_address(text) ? "&#" : names_database(text) ? "" : ",;";
}

void add_values(std::string_view text, std::vector<Span>& spans) {
    for (std::size_t at = text.find('='); at != text.npos; at = text.find('=', at + 1)) {
        std::size_t end = at;
        while (end > 0 && is_blank(text[end - 1]))
            --end;
        const std::size_t begin = word_before(text, end);
        if (!is_secret_key(text.substr(begin, end - begin), is_address(text)))
            continue;
        const std::size_t from = skip_blanks(text, at + 1);
        const bool quoted = from < text.size() && text[from] == '\'';
        spans.push_back({from, quoted ? end_of_quoted(text, from) : end_of_plain(text, from, ends_in(text))});
        at = std::max(at, spans.back().to - 1);
    }
}

/// user:secret@ of an address: from its first colon to the last @ before its path. A database's may have
/// a slash in it, which should have been written %2F.
void add_credentials(std::string_view text, std::vector<Span>& spans) {
    const std::size_t start = text.find("://");
    if (start == text.npos)
        return;
    const std::string_view ends = names_database(text) ? "? \t\n" : "/?# \t\n";
    const std::string_view authority = text.substr(0, text.find_first_of(ends, start + 3));
    const std::size_t at = authority.rfind('@');
    const std::size_t colon = authority.find(':', start + 3);
    if (at != authority.npos && colon < at)
        spans.push_back({colon + 1, at});
}

std::vector<Span> secrets_in(std::string_view text) {
    std::vector<Span> spans;
    add_credentials(text, spans);
    add_values(text, spans);
    std::erase_if(spans, [&](const Span& s) { return s.to <= s.from || text.substr(s.from, s.to - s.from) == hidden; });
    std::ranges::sort(spans, {}, &Span::from);
    return spans;
}

/// "MYSQL:zones,...", "/vsicurl/https://...": not prose with a colon in it.
bool may_hold_secrets(std::string_view name) {
    const auto end = std::ranges::find_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
    const auto length = static_cast<std::size_t>(end - name.begin());
    const bool prefix = length >= 2 && length + 1 < name.size() && name[length] == ':' && !is_blank(name[length + 1]);
    return prefix || names_database(name) || name.find("://") != name.npos;
}

} // namespace

bool names_database(std::string_view name) {
    return starts_as(name, "PG:") || starts_as(name, "postgresql://") || starts_as(name, "postgres://");
}

std::string without_password(std::string_view name) {
    std::string shown;
    std::size_t done = 0;
    if (!may_hold_secrets(name))
        return std::string(name);
    const std::vector<Span> spans = secrets_in(name);
    if (spans.empty())
        return std::string(name);
    const std::lock_guard lock(vault().mutex);
    for (const Span& span : spans) {
        if (span.from < done)
            continue;
        shown.append(name.substr(done, span.from - done)).append(hidden);
        if (span.to - span.from >= shortest) // a shorter one would tear the words of messages apart
            vault().secrets.emplace(name.substr(span.from, span.to - span.from));
        done = span.to;
    }
    shown.append(name.substr(done));
    vault().whole.insert_or_assign(shown, std::string(name));
    return shown;
}

std::string with_password(const std::string& name) {
    const std::lock_guard lock(vault().mutex);
    const auto found = vault().whole.find(name);
    return found == vault().whole.end() ? name : found->second;
}

std::string without_secrets(std::string text) {
    {
        const std::lock_guard lock(vault().mutex);
        for (const std::string& secret : vault().secrets)
            for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + hidden.size()))
                text.replace(at, secret.size(), hidden);
    }
    std::string line;
    for (const char c : text)
        if (!is_blank(c) && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

namespace {

using Words = std::vector<std::pair<std::string, std::string>>;

/// None when libpq doesn't understand it. What it would say holds pieces of the text.
std::optional<Words> parsed(const std::string& name) {
    const std::string text = starts_as(name, "PG:") ? name.substr(3) : name;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> all(PQconninfoParse(text.c_str(), nullptr),
                                                                             PQconninfoFree);
    if (!all)
        return std::nullopt;
    Words words;
    for (const PQconninfoOption* option = all.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr && option->val != hidden)
            words.emplace_back(option->keyword, option->val);
    return words;
}

std::string quoted(const std::string& value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + "'";
}

} // namespace

std::string connection_words(const std::string& name) {
    std::optional<Words> words = parsed(with_password(name));
    if (!words)
        throw Error("{}: not a connection to PostgreSQL; write PG:dbname=... host=..., and the table as `layer:`",
                    without_secrets(name));
    for (const auto& [key, value] :
         {std::pair("connect_timeout", "5"), std::pair("keepalives_idle", "10"), std::pair("keepalives_interval", "5"),
          std::pair("keepalives_count", "4"), std::pair("fallback_application_name", "zonerank")})
        if (std::ranges::find(*words, key, &Words::value_type::first) == words->end())
            words->emplace_back(key, value);
    std::string text;
    for (const auto& [key, value] : *words)
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", key, quoted(value));
    return text;
}

std::string database_label(const std::string& name) {
    const std::optional<Words> words = parsed(name);
    for (const char* key : {"dbname", "service"})
        if (words)
            for (const auto& [word, value] : *words)
                if (word == key)
                    return fmt::format("{} '{}'", word == "service" ? "database service" : "database", value);
    return "the database";
}

} // namespace zonerank::rasters
