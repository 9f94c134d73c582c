#pragma once

#include <string>
#include <vector>

#include "jinja/source.h"
#include "jinja/token.h"

namespace canvass::jinja {

// The tokens of a template, read one after the other. Faults are thrown as Error at the token.
class TokenStream {
 public:
  TokenStream(const Source& source, std::vector<Token> tokens)
      : source_(source), tokens_(std::move(tokens)) {}

  const Token& peek(std::size_t ahead = 0) const;
  Token next();
  bool atName(const char* name) const { return peek().is(TokenKind::name, name); }
  bool atSign(const char* sign) const { return peek().is(TokenKind::punctuation, sign); }
  // Consume the token if it is the one asked for.
  bool takeName(const char* name);
  bool takeSign(const char* sign);
  // Throw Error if it is another one.
  void expectSign(const char* sign);
  Token expect(TokenKind kind, const char* what);
  [[noreturn]] void fail(const std::string& message) const;
  // Throws Error if so many expressions inside of each other would exhaust the stack.
  void checkHeight(int height) const;

  // Opens one level of nesting for as long as the object lives; throws Error if a template nests
  // so deeply that reading it would exhaust the stack.
  class Level {
   public:
    explicit Level(TokenStream& stream);
    ~Level() { --stream_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    TokenStream& stream_;
  };

 private:
  const Source& source_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace canvass::jinja
