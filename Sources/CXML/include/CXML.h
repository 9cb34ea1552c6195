// XML by libxml2, XML signatures by xmlsec1 with its OpenSSL back end.
//
// The folders `libxml` and `xmlsec` beside this file are links to the system's headers: they include one another
// as <libxml/…> and <xmlsec/…>, and pkg-config's flags for xmlsec are such that SwiftPM refuses them with a
// warning in every build. These are the flags of libxmlsec1-dev that change what its headers declare;
// XMLSEC_NO_SIZE_T changes the ABI.
#define XMLSEC_CRYPTO_OPENSSL 1
#define XMLSEC_NO_SIZE_T 1
#define XMLSEC_OPENSSL3_ENGINES 1
#define XMLSEC_NO_GOST 1
#define XMLSEC_NO_GOST2012 1
#define XMLSEC_NO_CRYPTO_DYNAMIC_LOADING 1

// Debian builds libxml2 with ICU, whose header declares otherwise what Foundation's own ICU declares.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/errors.h>
#include <xmlsec/keysmngr.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>
#include <xmlsec/templates.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
