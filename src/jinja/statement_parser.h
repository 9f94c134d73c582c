#pragma once

#include <initializer_list>

#include "jinja/expression_parser.h"
#include "jinja/statements.h"
#include "jinja/token_stream.h"

namespace canvass::jinja {

// Reads a whole template. Throws Error at the tag that Jinja, or canvass, does not have.
class StatementParser {
 public:
  explicit StatementParser(TokenStream& tokens) : tokens_(tokens), expressions_(tokens) {}

  Body parseTemplate();

 private:
  // Up to a tag that opens with one of these names, which is the next token then.
  Body parseBody(std::initializer_list<const char*> ends);
  // Up to the end tag of this name, which is consumed too.
  Body parseBlock(const char* end);
  // As parseBlock, for a body whose text goes elsewhere: no break or continue leaves it.
  Body parseCapturedBlock(const char* end);
  PlacedStatement parsePlaced();
  StatementPointer parseStatement();
  StatementPointer parseTag();
  StatementPointer parseOutput();
  StatementPointer parseIf();
  StatementPointer parseFor();
  StatementPointer parseSet();
  StatementPointer parseMacro();
  StatementPointer parseFilterBlock();
  StatementPointer parseGeneration();
  StatementPointer parseLoopControl(Flow flow);
  Macro::MacroParameters parseMacroParameters();
  FilterStep parseFilterStep();
  FilterChain parseFilterChain();
  Target parseTarget(bool allowsAttribute);
  std::string parseNewName();
  void endTag();

  TokenStream& tokens_;
  ExpressionParser expressions_;
  int loops_ = 0;  // open around this point, within the same captured block
};

}  // namespace canvass::jinja
